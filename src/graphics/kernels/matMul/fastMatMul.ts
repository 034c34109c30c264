import { speedUpMatMul } from '../../cpuMatMul';

// What multiplies large matrices imports this; who turns quaternions does not carry it along.
speedUpMatMul();
