import { testGoldenCases } from './golden';
import { mathRoom } from './math';

testGoldenCases('webgl', mathRoom);
