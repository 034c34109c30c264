import { RENDERING } from './allTables';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('rendering', RENDERING);
