import { testGoldenCases } from './golden';
import { imageRoom } from './image';

testGoldenCases('webgl', imageRoom);
