import { NN_EXEMPT, NN_LOSSES, NN_METRICS } from './nnFunctions';
import { testRoom } from './testRoom';

testRoom('nn.loss', NN_LOSSES, NN_EXEMPT);
testRoom('nn.metric', NN_METRICS);
