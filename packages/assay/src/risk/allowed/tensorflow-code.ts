const FILES = "reads or writes files of the computer";
const PROGRAMS = "calls a function of the Python program";
const NETWORK = "connects to other computers";

/** Operators that act outside of the graph: TensorFlow 2.21.0, 2026-11-29. Everything in neither list is unknown. */
const OPERATORS: readonly (readonly [does: string, names: string])[] = [
  [PROGRAMS, "PyFunc PyFuncStateless EagerPyFunc OpaquePyFunc PyOp"],
  [
    FILES,
    "ReadFile WriteFile MatchingFiles ImmutableConst LoadAndRemapMatrix GenerateVocabRemapping RecordInput PrintV2 DecodeProtoV2 " +
      "EncodeProto WholeFileReader WholeFileReaderV2 TextLineReader TextLineReaderV2 TFRecordReader TFRecordReaderV2 LMDBReader " +
      "FixedLengthRecordReader FixedLengthRecordReaderV2 TextLineDataset TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset " +
      "FixedLengthRecordDatasetV2 CSVDataset CSVDatasetV2 ExperimentalCSVDataset LMDBDataset ExperimentalLMDBDataset " +
      "MatchingFilesDataset ExperimentalMatchingFilesDataset SnapshotDataset SnapshotDatasetV2 SaveDataset SaveDatasetV2 LoadDataset " +
      "DistributedSave CacheDataset CacheDatasetV2 CreateSummaryFileWriter FlushSummaryWriter SummaryWriter WriteSummary " +
      "WriteGraphSummary WriteRawProtoSummary WriteScalarSummary WriteHistogramSummary WriteImageSummary WriteAudioSummary " +
      "ImportEvent FileSystemSetConfiguration",
  ],
  ["reads or writes a database", "SqlDataset ExperimentalSqlDataset CreateSummaryDbWriter"],
  [
    NETWORK,
    "DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary DebugNumericSummaryV2 DataServiceDataset " +
      "DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset RegisterDatasetV2 RemoteCall RpcCall RpcClient " +
      "RpcServer Rpc TryRpc BigQueryReader BigtableClient CloudBigtableClient GcsConfigureCredentials GcsConfigureBlockCache",
  ],
  ["stops the process", "Abort"],
];

let code: ReadonlyMap<string, string> | undefined;

/** What an operator does outside of the graph; undefined for all others. */
export function tensorflowCodeOperator(name: string): string | undefined {
  code ??= new Map(OPERATORS.flatMap(([does, names]) => names.split(" ").map((one) => [one, does] as const)));
  return code.get(name);
}
