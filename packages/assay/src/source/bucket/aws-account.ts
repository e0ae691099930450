import { AssayError } from "../../core/error.ts";
import { isLoopback, webUrl } from "../../network/url.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import { readAwsProfile, type AwsProfile } from "./aws-profile.ts";
import type { AwsCredentials } from "./sign-request.ts";
import { webIdentity } from "./web-identity.ts";

/** Where credentials come from; asked for each request, as some expire. */
export type CredentialSource = () => Promise<AwsCredentials>;

/** Whom the environment and the files of AWS say to ask, and as whom. */
export interface AwsAccount {
  readonly region: string;
  /** A service that speaks the protocol of S3; undefined: S3 of AWS itself. */
  readonly endpoint: URL | undefined;
  /** Undefined: requests are not signed, which is enough for public buckets. */
  readonly credentials: CredentialSource | undefined;
  /** Why requests are not signed, where there is more to say than that nothing was found. */
  readonly withoutCredentials: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const REGION = /^[a-z0-9-]{1,40}$/;
/** A key or token is put into a header. */
const PRINTABLE = /^[\x21-\x7e]{1,8192}$/;
/** What a profile may take its credentials from, and this program does not. */
const UNSUPPORTED = [
  "role_arn",
  "source_profile",
  "credential_source",
  "credential_process",
  "sso_session",
  "sso_start_url",
  "login_session",
];
const EXPORT = "export credentials into the environment: aws configure export-credentials --format env";

/**
 * Finds the region, the endpoint and the credentials as the tools of AWS do: the environment, a web identity, the profile. Metadata
 * services of machines and containers are not asked: any program on the network may answer at their addresses.
 *
 * Throws USAGE for settings that cannot be used or are unsupported, FILE_UNREADABLE.
 */
export function awsAccount(access: RemoteAccess): AwsAccount {
  const environment = access.environment ?? process.env;
  const profile = readAwsProfile(environment);
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || profile.settings.get("region") || "us-east-1";
  if (!REGION.test(region)) throw new AssayError("USAGE", `${JSON.stringify(region.slice(0, 60))} is not the name of an AWS region`);
  const endpoint = endpointOf(environment, profile, "S3");
  const found = /^(?:1|true|yes)$/i.test(environment["AWS_NO_SIGN_REQUEST"] ?? "")
    ? undefined
    : findCredentials(environment, profile, region, access);
  const mayTravel = endpoint === undefined || endpoint.protocol === "https:" || isLoopback(endpoint);
  return {
    region,
    endpoint,
    credentials: mayTravel ? found : undefined,
    withoutCredentials: found === undefined ? metadataHint(environment) : mayTravel ? undefined : "credentials are not sent without TLS",
  };
}

/** AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, then the profile's. Undefined: AWS itself. */
function endpointOf(environment: Environment, { name, settings }: AwsProfile, service: "S3" | "STS"): URL | undefined {
  if (/^true$/i.test(environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? "")) return undefined;
  const named = environment[`AWS_ENDPOINT_URL_${service}`] || environment["AWS_ENDPOINT_URL"];
  if (!named && settings.has("services")) {
    // Passed over, it would send requests and credentials to another service than is meant.
    throw new AssayError("USAGE", `the profile ${JSON.stringify(name)} names its endpoints under services, which is unsupported`, {
      hint: "set AWS_ENDPOINT_URL_S3",
    });
  }
  const given = named || settings.get("endpoint_url");
  if (!given) return undefined;
  const endpoint = webUrl(given);
  endpoint.search = "";
  endpoint.hash = "";
  endpoint.username = "";
  endpoint.password = "";
  return endpoint;
}

function findCredentials(
  environment: Environment,
  profile: AwsProfile,
  region: string,
  access: RemoteAccess,
): CredentialSource | undefined {
  const id = environment["AWS_ACCESS_KEY_ID"];
  const secret = environment["AWS_SECRET_ACCESS_KEY"];
  if (id && secret) return fixed(id, secret, environment["AWS_SESSION_TOKEN"], "the environment");
  if (id || secret) {
    throw new AssayError("USAGE", "the environment has one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and not the other");
  }
  const { settings, name } = profile;
  const tokenFile = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] || settings.get("web_identity_token_file");
  const role = environment["AWS_ROLE_ARN"] || settings.get("role_arn");
  if (tokenFile && role) {
    const session = environment["AWS_ROLE_SESSION_NAME"] || settings.get("role_session_name");
    return webIdentity({ tokenFile, role, session, region, endpoint: endpointOf(environment, profile, "STS") }, access);
  }
  const profileId = settings.get("aws_access_key_id");
  const profileSecret = settings.get("aws_secret_access_key");
  const unsupported = UNSUPPORTED.find((key) => settings.has(key));
  // A role is assumed with the keys beside it, which alone may read other things.
  if (unsupported !== undefined) {
    throw new AssayError("USAGE", `the profile ${JSON.stringify(name)} takes its credentials from ${unsupported}, which is unsupported`, {
      hint: EXPORT,
    });
  }
  if (!profileId && !profileSecret) return undefined;
  return fixed(profileId ?? "", profileSecret ?? "", settings.get("aws_session_token"), `the profile ${JSON.stringify(name)}`);
}

function fixed(accessKeyId: string, secretAccessKey: string, token: string | undefined, where: string): CredentialSource {
  const sessionToken = token || undefined;
  // Not shown: what was put in the wrong place may be the secret.
  if (
    !/^[\w-]{1,128}$/.test(accessKeyId) ||
    !PRINTABLE.test(secretAccessKey) ||
    (sessionToken !== undefined && !PRINTABLE.test(sessionToken))
  ) {
    throw new AssayError("USAGE", `the AWS credentials in ${where} are incomplete, or have blanks or control characters`);
  }
  return async () => ({ accessKeyId, secretAccessKey, sessionToken });
}

function metadataHint(environment: Environment): string | undefined {
  const isContainer = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  return isContainer ? `credentials of a container's metadata service are unsupported: ${EXPORT}` : undefined;
}
