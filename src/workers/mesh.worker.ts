import { expose } from 'comlink';
import { createMeshService } from './meshService';

expose(createMeshService());
