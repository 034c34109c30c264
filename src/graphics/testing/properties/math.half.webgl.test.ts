import { MATH } from './allTables';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('math', MATH);
