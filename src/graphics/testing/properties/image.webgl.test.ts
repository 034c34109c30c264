import { IMAGE } from './image';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('image', IMAGE);
