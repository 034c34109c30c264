import { MOTIONS } from './geometryMotions';
import { NEIGHBORHOODS } from './geometryNeighborhoods';
import { REPRESENTATION } from './geometryRepresentation';
import { TRANSFORMATION } from './geometryTransformation';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('geometry', { ...TRANSFORMATION, ...MOTIONS, ...REPRESENTATION, ...NEIGHBORHOODS });
