import { NN_LOSSES, NN_METRICS } from './nnFunctions';
import { testOnWebgl } from './testOnWebgl';

testOnWebgl('nn', { ...NN_LOSSES, ...NN_METRICS });
