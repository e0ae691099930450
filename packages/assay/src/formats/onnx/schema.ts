import { schemaOf } from "../protobuf/schema.ts";

/** The messages of ONNX 1.23: https://github.com/onnx/onnx/blob/v1.23.0/onnx/onnx.proto */
export const ONNX_SCHEMA = schemaOf(`
ModelProto: 1 ir_version varint, 8 opset_import OperatorSetIdProto*, 2 producer_name text, 3 producer_version text, 4 domain text, 5 model_version varint, 6 doc_string text, 7 graph GraphProto, 14 metadata_props StringStringEntryProto*, 20 training_info TrainingInfoProto*, 25 functions FunctionProto*, 26 configuration DeviceConfigurationProto*
OperatorSetIdProto: 1 domain text, 2 version varint
GraphProto: 1 node NodeProto*, 2 name text, 5 initializer TensorProto*, 15 sparse_initializer SparseTensorProto*, 10 doc_string text, 11 input ValueInfoProto*, 12 output ValueInfoProto*, 13 value_info ValueInfoProto*, 14 quantization_annotation TensorAnnotation*, 16 metadata_props StringStringEntryProto*
NodeProto: 1 input text*, 2 output text*, 3 name text, 4 op_type text, 7 domain text, 8 overload text, 5 attribute AttributeProto*, 6 doc_string text, 9 metadata_props StringStringEntryProto*, 10 device_configurations NodeDeviceConfigurationProto*
AttributeProto: 1 name text, 21 ref_attr_name text, 13 doc_string text, 20 type varint, 2 f fixed32, 3 i varint, 4 s bytes, 5 t TensorProto, 6 g GraphProto, 22 sparse_tensor SparseTensorProto, 14 tp TypeProto, 7 floats fixed32*, 8 ints varint*, 9 strings bytes*, 10 tensors TensorProto*, 11 graphs GraphProto*, 23 sparse_tensors SparseTensorProto*, 15 type_protos TypeProto*
TensorProto: 1 dims varint*, 2 data_type varint, 3 segment Segment, 4 float_data fixed32*, 5 int32_data varint*, 6 string_data bytes*, 7 int64_data varint*, 8 name text, 12 doc_string text, 9 raw_data bytes, 13 external_data StringStringEntryProto*, 14 data_location varint, 10 double_data fixed64*, 11 uint64_data varint*, 16 metadata_props StringStringEntryProto*
Segment: 1 begin varint, 2 end varint
StringStringEntryProto: 1 key text, 2 value text
SparseTensorProto: 1 values TensorProto, 2 indices TensorProto, 3 dims varint*
TypeProto: 1 tensor_type TensorType, 4 sequence_type SequenceType, 5 map_type MapType, 9 optional_type OptionalType, 8 sparse_tensor_type TensorType, 7 opaque_type OpaqueType, 6 denotation text
TensorType: 1 elem_type varint, 2 shape TensorShapeProto
TensorShapeProto: 1 dim Dimension*
Dimension: 1 dim_value varint, 2 dim_param text, 3 denotation text
SequenceType: 1 elem_type TypeProto
MapType: 1 key_type varint, 2 value_type TypeProto
OptionalType: 1 elem_type TypeProto
OpaqueType: 1 domain text, 2 name text
NodeDeviceConfigurationProto: 1 configuration_id text, 2 sharding_spec ShardingSpecProto*, 3 pipeline_stage varint
ShardingSpecProto: 1 tensor_name text, 2 device varint*, 3 index_to_device_group_map IntIntListEntryProto*, 4 sharded_dim ShardedDimProto*
IntIntListEntryProto: 1 key varint, 2 value varint*
ShardedDimProto: 1 axis varint, 2 simple_sharding SimpleShardedDimProto*
SimpleShardedDimProto: 1 dim_value varint, 2 dim_param text, 3 num_shards varint
ValueInfoProto: 1 name text, 2 type TypeProto, 3 doc_string text, 4 metadata_props StringStringEntryProto*
TensorAnnotation: 1 tensor_name text, 2 quant_parameter_tensor_names StringStringEntryProto*
TrainingInfoProto: 1 initialization GraphProto, 2 algorithm GraphProto, 3 initialization_binding StringStringEntryProto*, 4 update_binding StringStringEntryProto*
FunctionProto: 1 name text, 4 input text*, 5 output text*, 6 attribute text*, 11 attribute_proto AttributeProto*, 7 node NodeProto*, 8 doc_string text, 9 opset_import OperatorSetIdProto*, 10 domain text, 13 overload text, 12 value_info ValueInfoProto*, 14 metadata_props StringStringEntryProto*
DeviceConfigurationProto: 1 name text, 2 num_devices varint, 3 device text*
`);
