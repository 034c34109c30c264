import type { Table } from './entry';
import { MOTIONS } from './geometryMotions';
import { NEIGHBORHOODS } from './geometryNeighborhoods';
import { NEIGHBORHOOD_OPTIONS, REPRESENTATION_OPTIONS } from './geometryOptions';
import { REPRESENTATION } from './geometryRepresentation';
import { TRANSFORMATION } from './geometryTransformation';
import { IMAGE } from './image';
import { MATH_BASICS } from './mathBasics';
import { MATH_INTERPOLATION } from './mathInterpolation';
import { MATH_LINEAR_ALGEBRA } from './mathLinearAlgebra';
import { MATH_OPTIONS } from './mathOptions';
import { NN_LOSSES, NN_METRICS } from './nnFunctions';
import { RENDERING_CAMERAS, RENDERING_LIGHTS } from './renderingCameras';
import { RENDERING_IMAGES } from './renderingImages';

// All tables, room by room.

export const GEOMETRY: Table = { ...TRANSFORMATION, ...MOTIONS, ...REPRESENTATION, ...NEIGHBORHOODS, ...REPRESENTATION_OPTIONS, ...NEIGHBORHOOD_OPTIONS };
export const IMAGES: Table = IMAGE;
export const MATH: Table = { ...MATH_BASICS, ...MATH_INTERPOLATION, ...MATH_LINEAR_ALGEBRA, ...MATH_OPTIONS };
export const NN: Table = { ...NN_LOSSES, ...NN_METRICS };
export const RENDERING: Table = { ...RENDERING_CAMERAS, ...RENDERING_LIGHTS, ...RENDERING_IMAGES };
