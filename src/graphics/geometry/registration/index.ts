export { epnp } from './epnp';
export { icp, type IcpOptions } from './icp';
export { umeyama } from './umeyama';
