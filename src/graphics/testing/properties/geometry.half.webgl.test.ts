import { MOTIONS } from './geometryMotions';
import { NEIGHBORHOODS } from './geometryNeighborhoods';
import { NEIGHBORHOOD_OPTIONS, REPRESENTATION_OPTIONS } from './geometryOptions';
import { REPRESENTATION } from './geometryRepresentation';
import { TRANSFORMATION } from './geometryTransformation';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('geometry', { ...TRANSFORMATION, ...MOTIONS, ...REPRESENTATION, ...NEIGHBORHOODS, ...REPRESENTATION_OPTIONS, ...NEIGHBORHOOD_OPTIONS });
