export * as levenbergMarquardt from './levenbergMarquardt';
