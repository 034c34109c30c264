import { realsLike, registerCpuKernel, type Reals } from '../cpuKernel';
import type { AdamMomentAttrs, AdamStepAttrs } from './adamUpdate';
import { ADAM_MOMENT, ADAM_STEP } from './names';

const mapLike = (like: Reals, value: (i: number) => number): Reals => {
  const values = realsLike(like, like.length);
  for (let i = 0; i < values.length; i++) values[i] = value(i);
  return values;
};

registerCpuKernel<'moment' | 'gradient', AdamMomentAttrs>(ADAM_MOMENT, ['moment', 'gradient'], ({ moment, gradient }, { decay, power }) => ({
  shape: moment.shape,
  values: mapLike(moment.reals, (i) => decay * moment.reals[i] + (1 - decay) * gradient.reals[i] ** power),
}));

registerCpuKernel<'value' | 'first' | 'second', AdamStepAttrs>(ADAM_STEP, ['value', 'first', 'second'], ({ value, first, second }, { rate, epsilon }) => ({
  shape: value.shape,
  values: mapLike(value.reals, (i) => value.reals[i] - (rate * first.reals[i]) / (Math.sqrt(second.reals[i]) + epsilon)),
}));
