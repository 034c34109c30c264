export * as accuracy from './accuracy';
export * as confusionMatrix from './confusionMatrix';
export * as fscore from './fscore';
export * as intersectionOverUnion from './intersectionOverUnion';
export * as meanIntersectionOverUnion from './meanIntersectionOverUnion';
export * as precision from './precision';
export * as recall from './recall';
