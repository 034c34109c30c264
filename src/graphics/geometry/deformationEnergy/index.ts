export * as asConformalAsPossible from './asConformalAsPossible';
