export * as fscore from './fscore';
export * as intersectionOverUnion from './intersectionOverUnion';
export * as precision from './precision';
export * as recall from './recall';
