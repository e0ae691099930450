/**
 * The words that a server's text may show, in lower case: the language of errors. What a server says is
 * written by anybody who runs one, and may hold the token that was just sent there, in any disguise; text made
 * of these words cannot. A word that is missing costs a person one "…": add it here, never a pattern.
 */
const WORDS = `
a about above absent absolute accept accepted access account across action activated active actual add added additional address admin
administrator after again against age agent ago algorithm algorithms all allow allowed allows alone alphabet already also alternative
although always am among amount an anchor and another answer answers any anyone anything api app application apply arc archived are
argument arguments array artifact as ascii ask asked asks asn1 assay asserted assertion associated at attempt attempts attribute
attributes audience audiences auth authenticate authenticated authentication authoritative authorities authority authorization authorize
authorized available aws azure back backend backslash bad balance base base64 basic be bearer because been before begin behind being below
beside between beyond billing binding bit bits blank blob block blocked body boolean both bound boundary branch break broke broken bucket
build bundle busy but by byte bytes ca cache cached calendars call called caller came can cancel canceled cancelled cannot capability
capacity carries case catch caused certificate certificates certified certify chain challenge change changed changes character characters
check checked checkpoint checksum chosen cidr claim claims class client clients clock close closed cluster code codes column com come
common compare complete component compromised configuration conflict conform connect connected connection consent constrain constraint
constraints constructed contact contain contained containing contains content context contiguous continue contract control conversion
convert could covered create created creating creation credential credentials critical crl csr ct current currently curve custom cut
damaged data database date day days deadline decode decoded decoding decrypt deeper default defined delay delegated delete deleted delta
demands denied deny deployment deprecated der description destroyed detached detail details detected device did differ difference
different digest digests digit digits direct directory disabled disallowed discovery distribution dns do document does domain done dot
down dropped dsa dsse due duplicate during each early ec ecdsa ed25519 either element elements else email emails empty enable enabled
encode encoded encoding encrypt encrypted encryption end ended endpoint ends enough enter entries entry envelope envelopes environment
equal equivalent error errors escape even every evidence exact exactly example exceeded exceeds except exception excluded exhausted exist
existing exists expected expects expiration expire expired expires expiry exponent expression extended extension extensions external extra
fail failed failing fails failure false fatal fault feature fetch fewer fewest field fields file files find fingerprint first fit fits
flow folder follow followed following for forbidden forbids form format formed forwarding found four free from fulcio full function future
gateway gave general generalizedtime generate generated generating get github gitlab give given gives go goes going gone good google got
grant granted grants greater group groups had half hand handle handler handling has hash hashed hashedrekord hashes hashicorp have having
header headers held here hex hexadecimal hit hold holder holds host hostname hosts hour hours how however html http https id identified
identifier identifiers identities identity if ignored illegal image immutable impersonate impersonation implemented implicit import in
inactive inclusion incoming incomplete incorrect indefinite index indicates indirect info information inhibit initial inner input insert
inside instance instances instead insufficient integer integrated interaction intermediate internal into intoto invalid invalidity
invocation ip is issue issued issuer issuers issuing it item items its itself job join json jwk jwks jwt keep kept key keyid keyless keys
kid kilobytes kind kms know known label lack lacks large larger last late later latest layer lead leading leads leaf lease leases least
left length less level levels life lifetime like limit limited limits line link list listed lists load local location lock locked log
logged login logs long longer look looked lookup lowercase machine made mailbox maintenance make makes malformed managed mandatory many
map mapping mappings mark marks mask match matched matches matching max maximum may md5 means media megabytes member members message
messages metadata method methods middle might minimum minute minutes mismatch missing mixes mode model models modified modulus moment more
most mount mounted moved much must name named names namespace naming need needed needs negative neither nested network never new newer
next no node nonce none nor normal not note nothing now null number object objects occurred octets of off offline offset oid oidc ok okta
old older omit omitted on once one ones only open openid opens operation operator operators option optional options or order org
organization origin other otherwise our out outage outdated output outside over overloaded own owner padding page pair param parameter
parameters parse parsed parsing part partial parts party pass passed password patch path paths patience pattern payload pem pending per
perform performed period permission permissions permitted person pin pkce pkcs place plain please plugin point points policies policy pool
port position possession possible post precondition present preview previous primary principal private privilege problem process processed
processing produced program project promise proof proper properly property proposed protocol proves provide provided provider providers
proxy pss public publickey published purpose put qualifier queries query queue quota quotation quote random range rate raw reach reached
read reader reads ready reason reasons received record redirect redirects ref refresh refreshed refused refuses refusing region register
registered registration regular reject rejected rejecting rekor related relation relative release reload remote removed renewed repeat
repeats replace replaced replay repository request requested requests require required requirement requires reserved reset resource
resources response restart restricted result retried retry retryable return returned revocation revoke revoked right role roles room root
roots rotated rsa rule rules run runner running safe said same saturated save say says schema scheme scope scopes sealed search second
seconds secret secrets section secure security see seems select selector self send sends sense sent separate sequence serial serve server
servers service services session set setting settings sha sha1 sha256 sha384 sha512 shape shard short should shows shut shutting sig sign
signature signatures signed signer signing signs sigstore since single size skew slow small so some something sorry source space speak
specific specified spiffe spki stage stale stamp stamping standard start started starts state statement status step steps still stop
stopped storage store stored stream strict string structure subject subjects submit submitted subscription subtrees success such suitable
super supplied supply support supported sure surrogate suspended syntax system tag take taken takes target team temporarily temporary
tenant term terminated test text than that the their them then there these they thing third this those threshold throttled through tile
tiles time timed timeout times timestamp timestamps to today together token tokens tomorrow too took top total trailing transaction
transit transparency tree trees tried trigger true trust trusted try trying tstinfo twice two type types unable unacceptable
unauthenticated unauthorized unavailable uncertified uncompressed undefined under unexpected unique unit unknown unless unlock unmarshal
unprocessable unreachable unreadable unrecognized unsealed unset unsigned unsuccessful unsupported until unusable unused unverified up
update updated uploaded upstream uri url urls usable usage use used user username users uses using utctime utf uuid valid validate
validated validating validation validity value values vault verification verified verifier verifiers verify verifying version versions
very via violation vouched vouches wait waiting want was way ways we weak web well were what when where whether which while who whole
whose why wildcard will window with within without word words work workflow workload works would wrapping write writes writing written
wrong x509 year yes yesterday yet you your zero zone
`;

/** Names of the fields that the protocols have, as they are written there. */
const FIELDS = `
access_denied cert certificates chain canonicalizedBody checkpoint credentials email_verified error_description grpc hashedRekordRequestV002
hashes inclusionPromise inclusionProof integratedTime invalid_client invalid_grant invalid_request invalid_scope keyId keyDetails kindVersion
logID logId logIndex oidcIdentityToken proofOfPossession publicKey publicKeyRequest redirect_uri rootHash server_error
signedCertificateDetachedSct signedCertificateEmbeddedSct signedEntryTimestamp signingCert treeSize unauthorized_client authorityKeyIdentifier subjectKeyIdentifier codeSigning digitalSignature anyExtendedKeyUsage anyPolicy x509Certificate
BEGIN CERTIFICATE PKIX_ECDSA_P256_SHA_256 SCT SET TLS TSA UUID ASN.1 RFC
`;

const PLAIN: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/u));
const PROTOCOL: ReadonlySet<string> = new Set(FIELDS.trim().split(/\s+/u));

const WORD = /^(?:[a-z][a-z0-9]*|[A-Z][a-z0-9]*|[A-Z][A-Z0-9]*)$/u;

/** Whether a word is one of the language of errors: all lower case, with an initial capital, or all capitals. */
export function isPlainWord(word: string): boolean {
  const bare = word.replace(/(?:'s|n't)$/u, "");
  return PROTOCOL.has(word) || (WORD.test(bare) && PLAIN.has(bare.toLowerCase()));
}
