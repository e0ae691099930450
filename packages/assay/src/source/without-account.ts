/** For messages: a reference without the user and password that were typed before the host, as curl takes them. */
export function withoutAccount(reference: string): string {
  return reference.replace(/^((?:oci|s3):(?:\/\/)?)[^/@]*:[^/@]*@/, "$1…@");
}
