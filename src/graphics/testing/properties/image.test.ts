import { IMAGE } from './image';
import { testRoom } from './testRoom';

testRoom('image', IMAGE);
