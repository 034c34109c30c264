import { MATH } from './allTables';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('math', MATH);
