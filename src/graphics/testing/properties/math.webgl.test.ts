import { MATH_BASICS } from './mathBasics';
import { MATH_INTERPOLATION } from './mathInterpolation';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('math', { ...MATH_BASICS, ...MATH_INTERPOLATION });
