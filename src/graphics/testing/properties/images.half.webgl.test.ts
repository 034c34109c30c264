import { IMAGE } from './image';
import { NN_LOSSES, NN_METRICS } from './nnFunctions';
import { RENDERING_CAMERAS, RENDERING_LIGHTS } from './renderingCameras';
import { RENDERING_IMAGES } from './renderingImages';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('image', IMAGE);
testInHalfPrecision('nn', { ...NN_LOSSES, ...NN_METRICS });
testInHalfPrecision('rendering', { ...RENDERING_CAMERAS, ...RENDERING_LIGHTS, ...RENDERING_IMAGES });
