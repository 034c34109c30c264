import { MOTIONS, MOTIONS_EXEMPT } from './geometryMotions';
import { TRANSFORMATION } from './geometryTransformation';
import { testRoom } from './testRoom';

testRoom('geometry.transformation', { ...TRANSFORMATION, ...MOTIONS }, MOTIONS_EXEMPT);
