import { expose } from 'comlink';
import { createLearnService } from './learnService';

expose(createLearnService());
