import { GEOMETRY } from './allTables';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('geometry', GEOMETRY);
