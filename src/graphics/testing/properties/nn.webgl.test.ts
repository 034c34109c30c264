import { NN } from './allTables';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('nn', NN);
