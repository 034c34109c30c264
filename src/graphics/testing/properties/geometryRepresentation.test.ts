import { REPRESENTATION, REPRESENTATION_EXEMPT } from './geometryRepresentation';
import { testRoom } from './testRoom';

testRoom('geometry.representation', REPRESENTATION, REPRESENTATION_EXEMPT);
