import { testGoldenCases } from './golden';
import { nnRoom } from './nn';

testGoldenCases('webgl', nnRoom);
