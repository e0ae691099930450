export function thirdPartyText(modules: readonly string[]): string;
export function packagesOf(modules: readonly string[]): string[];
