import { RENDERING_CAMERAS, RENDERING_EXEMPT_CAMERAS, RENDERING_LIGHTS } from './renderingCameras';
import { testRoom } from './testRoom';

testRoom('rendering', { ...RENDERING_CAMERAS, ...RENDERING_LIGHTS }, RENDERING_EXEMPT_CAMERAS);
