import { IMAGES } from './allTables';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('image', IMAGES);
