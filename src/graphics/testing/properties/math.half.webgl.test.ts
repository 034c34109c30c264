import { MATH_BASICS } from './mathBasics';
import { MATH_INTERPOLATION } from './mathInterpolation';
import { MATH_LINEAR_ALGEBRA } from './mathLinearAlgebra';
import { MATH_OPTIONS } from './mathOptions';
import { testInHalfPrecision } from './testInHalfPrecision';

testInHalfPrecision('math', { ...MATH_BASICS, ...MATH_INTERPOLATION, ...MATH_LINEAR_ALGEBRA, ...MATH_OPTIONS });
