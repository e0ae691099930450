import { schemaOf, type Schema } from "../protobuf/schema.ts";

const GRAPHS = `
SavedModel: 1 saved_model_schema_version varint, 2 meta_graphs MetaGraphDef*
MetaGraphDef: 1 meta_info_def MetaGraphDefMetaInfoDef, 2 graph_def GraphDef, 3 saver_def SaverDef, 4 collection_def MetaGraphDefCollectionDefEntry*, 5 signature_def MetaGraphDefSignatureDefEntry*, 6 asset_file_def AssetFileDef*, 7 object_graph_def SavedObjectGraph
MetaGraphDefMetaInfoDef: 1 meta_graph_version text, 2 stripped_op_list OpList, 3 any_info Any, 4 tags text*, 5 tensorflow_version text, 6 tensorflow_git_version text, 7 stripped_default_attrs varint, 8 function_aliases MetaGraphDefMetaInfoDefFunctionAliasesEntry*
OpList: 1 op OpDef*
OpDef: 1 name text, 2 input_arg OpDefArgDef*, 3 output_arg OpDefArgDef*, 20 control_output text*, 4 attr OpDefAttrDef*, 8 deprecation OpDeprecation, 5 summary text, 6 description text, 18 is_commutative varint, 16 is_aggregate varint, 17 is_stateful varint, 19 allows_uninitialized_input varint, 21 is_distributed_communication varint
OpDefArgDef: 1 name text, 2 description text, 3 type varint, 4 type_attr text, 5 number_attr text, 6 type_list_attr text, 7 handle_data ResourceHandleProtoDtypeAndShape*, 16 is_ref varint, 17 experimental_full_type FullTypeDef
ResourceHandleProtoDtypeAndShape: 1 dtype varint, 2 shape TensorShapeProto
TensorShapeProto: 2 dim TensorShapeProtoDim*, 3 unknown_rank varint
TensorShapeProtoDim: 1 size varint, 2 name text
FullTypeDef: 1 type_id varint, 2 args FullTypeDef*, 3 s text, 4 i varint
OpDefAttrDef: 1 name text, 2 type text, 3 default_value AttrValue, 4 description text, 5 has_minimum varint, 6 minimum varint, 7 allowed_values AttrValue
AttrValue: 2 s bytes, 3 i varint, 4 f fixed32, 5 b varint, 6 type varint, 7 shape TensorShapeProto, 8 tensor TensorProto, 1 list AttrValueListValue, 10 func NameAttrList, 9 placeholder text
TensorProto: 1 dtype varint, 2 tensor_shape TensorShapeProto, 3 version_number varint, 4 tensor_content bytes, 13 half_val varint*, 5 float_val fixed32*, 6 double_val fixed64*, 7 int_val varint*, 8 string_val bytes*, 9 scomplex_val fixed32*, 10 int64_val varint*, 11 bool_val varint*, 12 dcomplex_val fixed64*, 14 resource_handle_val ResourceHandleProto*, 15 variant_val VariantTensorDataProto*, 16 uint32_val varint*, 17 uint64_val varint*, 18 float8_val bytes
ResourceHandleProto: 1 device text, 2 container text, 3 name text, 4 hash_code varint, 5 maybe_type_name text, 6 dtypes_and_shapes ResourceHandleProtoDtypeAndShape*
VariantTensorDataProto: 1 type_name text, 2 metadata bytes, 3 tensors TensorProto*
AttrValueListValue: 2 s bytes*, 3 i varint*, 4 f fixed32*, 5 b varint*, 6 type varint*, 7 shape TensorShapeProto*, 8 tensor TensorProto*, 9 func NameAttrList*
NameAttrList: 1 name text, 2 attr NameAttrListAttrEntry*
NameAttrListAttrEntry: 1 key text, 2 value AttrValue
OpDeprecation: 1 version varint, 2 explanation text
Any: 1 type_url text, 2 value bytes
MetaGraphDefMetaInfoDefFunctionAliasesEntry: 1 key text, 2 value text
GraphDef: 1 node NodeDef*, 4 versions VersionDef, 3 version varint, 2 library FunctionDefLibrary, 5 debug_info GraphDebugInfo
NodeDef: 1 name text, 2 op text, 3 input text*, 4 device text, 5 attr NodeDefAttrEntry*, 6 experimental_debug_info NodeDefExperimentalDebugInfo, 7 experimental_type FullTypeDef
NodeDefAttrEntry: 1 key text, 2 value AttrValue
NodeDefExperimentalDebugInfo: 1 original_node_names text*, 2 original_func_names text*
VersionDef: 1 producer varint, 2 min_consumer varint, 3 bad_consumers varint*
FunctionDefLibrary: 1 function FunctionDef*, 2 gradient GradientDef*, 3 registered_gradients RegisteredGradient*
FunctionDef: 1 signature OpDef, 5 attr FunctionDefAttrEntry*, 7 arg_attr FunctionDefArgAttrEntry*, 8 resource_arg_unique_id FunctionDefResourceArgUniqueIdEntry*, 3 node_def NodeDef*, 4 ret FunctionDefRetEntry*, 6 control_ret FunctionDefControlRetEntry*
FunctionDefAttrEntry: 1 key text, 2 value AttrValue
FunctionDefArgAttrEntry: 1 key varint, 2 value FunctionDefArgAttrs
FunctionDefArgAttrs: 1 attr FunctionDefArgAttrsAttrEntry*
FunctionDefArgAttrsAttrEntry: 1 key text, 2 value AttrValue
FunctionDefResourceArgUniqueIdEntry: 1 key varint, 2 value varint
FunctionDefRetEntry: 1 key text, 2 value text
FunctionDefControlRetEntry: 1 key text, 2 value text
GradientDef: 1 function_name text, 2 gradient_func text
RegisteredGradient: 1 gradient_func text, 2 registered_op_type text
GraphDebugInfo: 1 files text*, 4 frames_by_id GraphDebugInfoFramesByIdEntry*, 6 traces_by_id GraphDebugInfoTracesByIdEntry*, 2 traces GraphDebugInfoTracesEntry*, 5 name_to_trace_id GraphDebugInfoNameToTraceIdEntry*
GraphDebugInfoFramesByIdEntry: 1 key fixed64, 2 value GraphDebugInfoFileLineCol
GraphDebugInfoFileLineCol: 1 file_index varint, 2 line varint, 3 col varint, 4 func text, 5 code text
GraphDebugInfoTracesByIdEntry: 1 key fixed64, 2 value GraphDebugInfoStackTrace
GraphDebugInfoStackTrace: 1 file_line_cols GraphDebugInfoFileLineCol*, 2 frame_id fixed64*
GraphDebugInfoTracesEntry: 1 key text, 2 value GraphDebugInfoStackTrace
GraphDebugInfoNameToTraceIdEntry: 1 key text, 2 value fixed64
SaverDef: 1 filename_tensor_name text, 2 save_tensor_name text, 3 restore_op_name text, 4 max_to_keep varint, 5 sharded varint, 6 keep_checkpoint_every_n_hours fixed32, 7 version varint
MetaGraphDefCollectionDefEntry: 1 key text, 2 value CollectionDef
CollectionDef: 1 node_list CollectionDefNodeList, 2 bytes_list CollectionDefBytesList, 3 int64_list CollectionDefInt64List, 4 float_list CollectionDefFloatList, 5 any_list CollectionDefAnyList
CollectionDefNodeList: 1 value text*
CollectionDefBytesList: 1 value bytes*
CollectionDefInt64List: 1 value varint*
CollectionDefFloatList: 1 value fixed32*
CollectionDefAnyList: 1 value Any*
MetaGraphDefSignatureDefEntry: 1 key text, 2 value SignatureDef
SignatureDef: 1 inputs SignatureDefInputsEntry*, 2 outputs SignatureDefOutputsEntry*, 3 method_name text, 4 defaults SignatureDefDefaultsEntry*
SignatureDefInputsEntry: 1 key text, 2 value TensorInfo
TensorInfo: 1 name text, 4 coo_sparse TensorInfoCooSparse, 5 composite_tensor TensorInfoCompositeTensor, 2 dtype varint, 3 tensor_shape TensorShapeProto
TensorInfoCooSparse: 1 values_tensor_name text, 2 indices_tensor_name text, 3 dense_shape_tensor_name text
TensorInfoCompositeTensor: 1 type_spec TypeSpecProto, 2 components TensorInfo*
TypeSpecProto: 1 type_spec_class varint, 2 type_state StructuredValue, 3 type_spec_class_name text, 4 num_flat_components varint
StructuredValue: 1 none_value NoneValue, 11 float64_value fixed64, 12 int64_value varint, 13 string_value text, 14 bool_value varint, 31 tensor_shape_value TensorShapeProto, 32 tensor_dtype_value varint, 33 tensor_spec_value TensorSpecProto, 34 type_spec_value TypeSpecProto, 35 bounded_tensor_spec_value BoundedTensorSpecProto, 51 list_value ListValue, 52 tuple_value TupleValue, 53 dict_value DictValue, 54 named_tuple_value NamedTupleValue, 55 tensor_value TensorProto, 56 numpy_value TensorProto
NoneValue:
TensorSpecProto: 1 name text, 2 shape TensorShapeProto, 3 dtype varint
BoundedTensorSpecProto: 1 name text, 2 shape TensorShapeProto, 3 dtype varint, 4 minimum TensorProto, 5 maximum TensorProto
ListValue: 1 values StructuredValue*
TupleValue: 1 values StructuredValue*
DictValue: 1 fields DictValueFieldsEntry*
DictValueFieldsEntry: 1 key text, 2 value StructuredValue
NamedTupleValue: 1 name text, 2 values PairValue*
PairValue: 1 key text, 2 value StructuredValue
SignatureDefOutputsEntry: 1 key text, 2 value TensorInfo
SignatureDefDefaultsEntry: 1 key text, 2 value TensorProto
AssetFileDef: 1 tensor_info TensorInfo, 2 filename text
SavedObjectGraph: 1 nodes SavedObject*, 2 concrete_functions SavedObjectGraphConcreteFunctionsEntry*
SavedObject: 1 children TrackableObjectGraphTrackableObjectObjectReference*, 15 dependencies TrackableObjectGraphTrackableObjectObjectReference*, 3 slot_variables TrackableObjectGraphTrackableObjectSlotVariableReference*, 4 user_object SavedUserObject, 5 asset SavedAsset, 6 function SavedFunction, 7 variable SavedVariable, 8 bare_concrete_function SavedBareConcreteFunction, 9 constant SavedConstant, 10 resource SavedResource, 12 captured_tensor CapturedTensor, 11 saveable_objects SavedObjectSaveableObjectsEntry*, 13 registered_name text, 14 serialized_user_proto Any, 16 registered_saver text
TrackableObjectGraphTrackableObjectObjectReference: 1 node_id varint, 2 local_name text
TrackableObjectGraphTrackableObjectSlotVariableReference: 1 original_variable_node_id varint, 2 slot_name text, 3 slot_variable_node_id varint
SavedUserObject: 1 identifier text, 2 version VersionDef, 3 metadata text
SavedAsset: 1 asset_file_def_index varint
SavedFunction: 1 concrete_functions text*, 2 function_spec FunctionSpec
FunctionSpec: 1 fullargspec StructuredValue, 2 is_method varint, 5 input_signature StructuredValue, 6 jit_compile varint
SavedVariable: 1 dtype varint, 2 shape TensorShapeProto, 3 trainable varint, 4 synchronization varint, 5 aggregation varint, 6 name text, 7 device text, 8 experimental_distributed_variable_components SavedVariable*
SavedBareConcreteFunction: 1 concrete_function_name text, 2 argument_keywords text*, 3 allowed_positional_arguments varint, 4 function_spec FunctionSpec
SavedConstant: 1 operation text
SavedResource: 1 device text
CapturedTensor: 1 name text, 2 concrete_function text
SavedObjectSaveableObjectsEntry: 1 key text, 2 value SaveableObject
SaveableObject: 2 save_function varint, 3 restore_function varint
SavedObjectGraphConcreteFunctionsEntry: 1 key text, 2 value SavedConcreteFunction
SavedConcreteFunction: 2 bound_inputs varint*, 3 canonicalized_input_signature StructuredValue, 4 output_signature StructuredValue
`;

const CHECKPOINTS = `
BundleHeaderProto: 1 num_shards varint, 2 endianness varint, 3 version VersionDef
BundleEntryProto: 1 dtype varint, 2 shape TensorShapeProto, 3 shard_id varint, 4 offset varint, 5 size varint, 6 crc32c fixed32, 7 slices TensorSliceProto*
TensorSliceProto: 1 extent TensorSliceProtoExtent*
TensorSliceProtoExtent: 1 start varint, 2 length varint
FingerprintDef: 1 saved_model_checksum varint, 2 graph_def_program_hash varint, 3 signature_def_hash varint, 4 saved_object_graph_hash varint, 5 checkpoint_hash varint, 7 uuid text, 6 version VersionDef
TrackableObjectGraph: 1 nodes TrackableObjectGraphTrackableObject*
TrackableObjectGraphTrackableObject: 1 children TrackableObjectGraphTrackableObjectObjectReference*, 2 attributes TrackableObjectGraphTrackableObjectSerializedTensor*, 3 slot_variables TrackableObjectGraphTrackableObjectSlotVariableReference*, 4 registered_saver RegisteredSaver, 5 has_checkpoint_values BoolValue
TrackableObjectGraphTrackableObjectSerializedTensor: 1 name text, 2 full_name text, 3 checkpoint_key text
RegisteredSaver: 1 name text, 2 object_name text
BoolValue: 1 value varint
SavedMetadata: 1 nodes SavedMetadataObject*
SavedMetadataObject: 2 node_id varint, 3 node_path text, 4 identifier text, 5 metadata text, 6 version VersionDef
`;

let schema: Schema | undefined;

/**
 * The messages of SavedModel, GraphDef and checkpoints, as TensorFlow 2.21.0 has them (tensorflow/core/framework and
 * tensorflow/core/protobuf, read off the descriptors of its wheel on 2026-11-29), and SavedMetadata of Keras 2.
 */
export function tensorflowSchema(): Schema {
  schema ??= schemaOf(GRAPHS + CHECKPOINTS);
  return schema;
}
