import { MATH_BASICS, MATH_EXEMPT } from './mathBasics';
import { MATH_INTERPOLATION } from './mathInterpolation';
import { MATH_LINEAR_ALGEBRA } from './mathLinearAlgebra';
import { MATH_OPTIONS } from './mathOptions';
import { testRoom } from './testRoom';

testRoom('math', { ...MATH_BASICS, ...MATH_INTERPOLATION, ...MATH_LINEAR_ALGEBRA, ...MATH_OPTIONS }, MATH_EXEMPT);
