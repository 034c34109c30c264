import { IMAGES, NN, RENDERING } from './allTables';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('image', IMAGES);
testInHalfPrecision('nn', NN);
testInHalfPrecision('rendering', RENDERING);
