import { expose } from 'comlink';
import { createPoseService } from './poseService';

expose(createPoseService());
