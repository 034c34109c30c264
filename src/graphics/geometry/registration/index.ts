export { epnp } from './epnp';
export { icp, icpAsync, type Alignment, type IcpOptions } from './icp';
export { umeyama } from './umeyama';
