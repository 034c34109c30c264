import type { KernelChecks } from './kernelCheck';
import { IMAGE_CHECKS } from './imageChecks';
import { LAYER_CHECKS } from './layerChecks';
import { ROW_CHECKS } from './rowChecks';
import { VERTEX_CHECKS } from './vertexChecks';

/** One entry for every kernel of ours; other settings of a kernel have entries of their own, `NAME#WORDS`. */
export const ALL_CHECKS: KernelChecks = { ...VERTEX_CHECKS, ...IMAGE_CHECKS, ...ROW_CHECKS, ...LAYER_CHECKS };

/** The kernel's name without the words that tell entries of one kernel apart. */
export const kernelOf = (name: string): string => name.split('#')[0];
