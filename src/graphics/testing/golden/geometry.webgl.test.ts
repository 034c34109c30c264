import { testGoldenCases } from './golden';
import { geometryRoom } from './geometry';

testGoldenCases('webgl', geometryRoom);
