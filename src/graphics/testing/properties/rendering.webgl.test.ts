import { RENDERING_CAMERAS, RENDERING_LIGHTS } from './renderingCameras';
import { RENDERING_IMAGES } from './renderingImages';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('rendering', { ...RENDERING_CAMERAS, ...RENDERING_LIGHTS, ...RENDERING_IMAGES });
