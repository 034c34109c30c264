// Why an entry has no singular point, or nothing to refuse.

/** Of no singular point. */
export const SMOOTH = 'sums, products and copies alone: there is no division, root or inverse function';
export const SINES = 'sines, cosines, sums and products alone: there is no division, root or inverse function';
export const LINEAR = 'linear in what is given';
export const WITHIN = 'bounds are positive and apart, as their names say';

/** Of nothing to refuse. */
export const ANY_SHAPE = 'works element by element: any shape is right';
