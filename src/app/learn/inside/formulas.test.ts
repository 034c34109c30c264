import { describe, expect, it } from 'vitest';
import { formulaOf } from './formulas';

const alone = { whole: false, spreads: false };
const alt = (...args: Parameters<typeof formulaOf>) => formulaOf(...args).alt;

describe('the formula of a layer', () => {
  it('says where values may be negative', () => {
    expect(alt({ kind: 'dense', name: 'conv1' }, 'pointnet', alone)).toBe('y i = ReLU(W x i + b)');
    expect(alt({ kind: 'dense', name: 'linear1' }, 'feastnet', alone)).toBe('y i = W x i + b');
    expect(alt({ kind: 'dense', name: 'features' }, 'dgcnn', alone)).toMatch(/LeakyReLU/);
    expect(alt({ kind: 'dense', name: 'conv5' }, 'kpconv', alone)).toMatch(/LeakyReLU/);
  });

  it('tells a mean from a maximum, and a copy from an interpolation', () => {
    expect(alt({ kind: 'pool', name: 'globalAverage' }, 'kpconv', { whole: true, spreads: false })).toMatch(/sum over j/);
    expect(alt({ kind: 'pool', name: 'pool1' }, 'feastnet', alone)).toMatch(/max over j/);
    expect(alt({ kind: 'unpool', name: 'unpool1' }, 'feastnet', alone)).toBe('y i = [x j, x i]');
    expect(alt({ kind: 'unpool', name: 'up1' }, 'kpconv', alone)).toMatch(/w i j x j/);
  });

  it('names the convolution of a mesh by its network, and moved kernel points', () => {
    const convolution = { kind: 'mesh convolution', name: 'conv1' };
    expect(alt(convolution, 'feastnet', alone)).toMatch(/q m/);
    expect(alt(convolution, 'graphconv', alone)).toMatch(/a i j x j/);
    expect(alt(convolution, 'meshedgeconv', alone)).toMatch(/max over neighbours j of h/);
    expect(alt({ kind: 'unpool', name: 'unpool1' }, 'graphconv', alone)).toBe('y i = [x j, x i]');
    const kernel = { kind: 'kernel point convolution', name: 'conv4' };
    expect(alt(kernel, 'kpconv-deformable', { ...alone, deforms: true })).toMatch(/Δ k/);
    expect(alt(kernel, 'kpconv-deformable', alone)).not.toMatch(/Δ/);
  });

  it('names the whole shape where a point meets it', () => {
    expect(alt({ kind: 'dense', name: 'meeting' }, 'pointnet', { whole: false, spreads: true })).toBe('y i = ReLU(W [x i, g] + b)');
    expect(alt({ kind: 'unpool', name: 'propagation1' }, 'pointnet2', { whole: false, spreads: true })).toBe('y i = h(x i, g)');
  });
});
