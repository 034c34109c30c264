import { REPRESENTATION, REPRESENTATION_EXEMPT } from './geometryRepresentation';
import { REPRESENTATION_OPTIONS } from './geometryOptions';
import { testRoom } from './testRoom';

testRoom('geometry.representation', { ...REPRESENTATION, ...REPRESENTATION_OPTIONS }, REPRESENTATION_EXEMPT);
