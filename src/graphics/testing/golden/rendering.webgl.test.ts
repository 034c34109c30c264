import { testGoldenCases } from './golden';
import { renderingRoom } from './rendering';

testGoldenCases('webgl', renderingRoom);
