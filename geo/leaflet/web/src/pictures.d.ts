/** Pictures become addresses that carry them. */
declare module "*.png" {
  const address: string;
  export default address;
}
