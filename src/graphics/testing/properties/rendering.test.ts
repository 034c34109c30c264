import { RENDERING_CAMERAS, RENDERING_EXEMPT_CAMERAS, RENDERING_LIGHTS } from './renderingCameras';
import { RENDERING_EXEMPT, RENDERING_IMAGES } from './renderingImages';
import { testRoom } from './testRoom';

testRoom('rendering', { ...RENDERING_CAMERAS, ...RENDERING_LIGHTS, ...RENDERING_IMAGES }, { ...RENDERING_EXEMPT_CAMERAS, ...RENDERING_EXEMPT });
