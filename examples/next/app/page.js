import Image from 'next/image';

export default function Page() {
  return <Image src="3:2" width={600} height={400} alt="" />;
}
