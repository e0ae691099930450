export function publishedReadme(readme: string, options: { readonly version: string; readonly repository: string | undefined }): string;
