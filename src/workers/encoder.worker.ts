import { expose } from 'comlink';
import { createTrainerService } from './trainerService';

expose(createTrainerService());
