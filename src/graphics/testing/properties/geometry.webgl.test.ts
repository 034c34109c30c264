import { GEOMETRY } from './allTables';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('geometry', GEOMETRY);
